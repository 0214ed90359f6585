"""Surveys: forms, campaigns, answers, results."""
