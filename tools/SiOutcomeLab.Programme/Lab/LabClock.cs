namespace SiOutcomeLab.Programme.Lab;

/// <summary>A clock that stands until it is set: a country's years pass in seconds.</summary>
internal sealed class LabClock(DateTimeOffset now) : TimeProvider
{
    private DateTimeOffset _now = now;

    public override DateTimeOffset GetUtcNow() => _now;

    /// <summary>Sets it to noon of a day; never back.</summary>
    public void SetTo(DateOnly day)
    {
        var noon = new DateTimeOffset(day, new TimeOnly(12, 0), TimeSpan.Zero);
        if (noon > _now) _now = noon;
    }
}
