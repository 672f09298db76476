"""documents: office files in and out, plain Python without Django.

reading    a file somebody hands us, as text              filling    last year's .docx, with this year's figures
gongwen    the official kinds as GB/T 9704-2012 asks        breakdown  任务分解表 as .docx and .xlsx
measures   every millimetre of it, in one table             samples    a filled example of each kind
sheets     .xlsx out, spreadsheets and pasted rows in      pdf        .docx to PDF by LibreOffice
"""
