"""What automations are offered: triggers and conditions of this integration's own."""
