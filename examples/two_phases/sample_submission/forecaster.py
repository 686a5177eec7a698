"""A straight line through the yearly means, and on it what each month has been above or below the line."""

YEAR = 12


def forecast(history, months):
    years = len(history) // YEAR
    recent = history[-years * YEAR :]
    means = [sum(recent[year * YEAR : (year + 1) * YEAR]) / YEAR for year in range(years)]
    middle = (years - 1) / 2
    slope = sum((year - middle) * mean for year, mean in enumerate(means)) / sum(
        (year - middle) ** 2 for year in range(years)
    )
    level = sum(means) / years

    def line(month):
        return level + slope * ((month - (YEAR - 1) / 2) / YEAR - middle)

    above = [
        sum(recent[month] - line(month) for month in range(of_year, len(recent), YEAR)) / years for of_year in range(YEAR)
    ]
    return [line(month) + above[month % YEAR] for month in range(len(recent), len(recent) + months)]
