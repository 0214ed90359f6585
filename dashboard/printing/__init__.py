"""Sheets to print, as PDF: posters with a link's QR code, slips with one-time codes."""
