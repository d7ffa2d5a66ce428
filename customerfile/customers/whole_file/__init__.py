"""Questions about the whole file at once: reconciliation, evaluation against a truth, training."""
