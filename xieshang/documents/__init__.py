"""documents: office files in and out, plain Python without Django.

reading    a file somebody hands us, as text              filling    last year's .docx, with this year's figures
gongwen    报告 and 通知 that follow GB/T 9704-2012          breakdown  任务分解表 as .docx and .xlsx
sheets     .xlsx out, spreadsheets and pasted rows in      pdf        .docx to PDF by LibreOffice
"""
