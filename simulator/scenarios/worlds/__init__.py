"""What a workspace does with scenarios: takes them up, lets them happen, lets them go."""
