"""The pages: each file is run by Streamlit from top to bottom."""
