"""What a workspace does with scenarios: takes them up, lets their timelines happen, lets them go."""
