"""What routes events: buses, rules, targets, subscribers, pipes and schedules become files."""
