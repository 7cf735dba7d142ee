"""What comes after deadlines and finish: even use, few people, little change, low cost."""
