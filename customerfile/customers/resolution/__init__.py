"""Resolution: who a record belongs to, decided in the transaction that writes it."""
