using System.Globalization;

namespace SiOutcomeLab.Pipelines.Cohorts.Reading;

/// <summary>A plan's follow-up does not fit into the memory that evaluations may use.</summary>
public sealed class FollowUpMemoryException : Exception
{
    /// <summary>The option that bounds the memory.</summary>
    public const string Option = "evaluation.memory_bytes";

    /// <summary>Says what it takes.</summary>
    /// <param name="needed">Bytes that the follow-up takes, reckoned from what had been read.</param>
    /// <param name="limit">Bytes that it may take.</param>
    public FollowUpMemoryException(long needed, long limit)
        : base(string.Create(
            CultureInfo.InvariantCulture,
            $"The follow-up takes about {needed} bytes, but {Option} allows {limit}: raise it, or let the plan read fewer periods or organisations.")) =>
        (Needed, Limit) = (needed, limit);

    /// <summary>Bytes that the follow-up takes, reckoned from what had been read.</summary>
    public long Needed { get; }

    /// <summary>Bytes that it may take.</summary>
    public long Limit { get; }
}
