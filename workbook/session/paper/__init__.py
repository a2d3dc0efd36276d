"""Scoring without a phone: Excel forms that go out and come back, and a form on paper."""
