"""Webhooks: tell other systems what happened, by signed messages to addresses of theirs."""
