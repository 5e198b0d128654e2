"""What every chat platform shares: arrivals, who somebody is, the answer, patience."""
