"""What each kind of state does, for any domain: its stages, its work, where it goes."""
