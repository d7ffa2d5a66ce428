"""What customers hold over time, and in which role: accounts, loans, cards, subscriptions, warranties, pledges."""
