"""People's word on who is who: judge, merge, split, take back."""
