"""Pages of 提案: parse, call one action or query, render."""
