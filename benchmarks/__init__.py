"""What is measured: ratios and times side by side, printed with what they are held against."""
