"""What each service process needs around its domain: the chassis of a microservice."""
