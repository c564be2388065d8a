using SiOutcomeLab.Domain.Time;

namespace SiOutcomeLab.Storage.Catalogue;

/// <summary>A submission covers a period that another submission of the same organisation and project already covers.</summary>
/// <param name="first">The first period of the submission that stands.</param>
/// <param name="last">Its last period.</param>
public sealed class PeriodOverlapException(Period first, Period last)
    : Exception($"A submission covering {first} to {last} already stands.")
{
    /// <summary>The first period of the submission that stands.</summary>
    public Period First { get; } = first;

    /// <summary>The last period of the submission that stands.</summary>
    public Period Last { get; } = last;
}
