"""As twelve months ago."""


def forecast(history, months):
    return [history[month % 12 - 12] for month in range(months)]
