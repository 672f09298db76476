"""Nothing is repaired by hand here: 更正 and 作废 do it, with a reason, and the trail keeps both sides."""
