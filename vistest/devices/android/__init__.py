"""Android devices over ADB."""
