"""X11 screens: XDamage and XShm see, XRecord and XInput observe, XTEST acts."""
