"""What we accept about moments: from people who take part, and from colleagues who organise them."""
