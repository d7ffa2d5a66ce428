"""What waits for a person's word, and why the file says what it says."""
