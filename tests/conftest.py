"""What every suite shares: the deployed local stack's fixtures, and a clean environment."""

pytest_plugins = ["tests.stack"]
