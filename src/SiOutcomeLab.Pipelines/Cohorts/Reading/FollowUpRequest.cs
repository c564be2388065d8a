using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Domain.Time;

namespace SiOutcomeLab.Pipelines.Cohorts.Reading;

/// <summary>What a <see cref="FollowUpStore"/> is to hold.</summary>
/// <param name="Submissions">The submissions to read, in the order they were committed.</param>
/// <param name="Variables">The columns, each once, in ordinal order.</param>
/// <param name="First">The first period.</param>
/// <param name="Last">The last period, of the same length.</param>
/// <param name="EveryPerson">
/// Whether also persons without a row in these periods take their places in the order of appearance, which costs reading every row's person.
/// </param>
internal sealed record FollowUpRequest(
    IReadOnlyList<Submission> Submissions, IReadOnlyList<string> Variables, Period First, Period Last, bool EveryPerson)
{
    public int Periods => Last.Since(First) + 1;

    public static IReadOnlyList<string> Ordered(IEnumerable<string> variables) => [.. variables.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>Whether everything that another request asks for is in this one, apart from the submissions.</summary>
    public bool Covers(FollowUpRequest other) =>
        First.Length == other.First.Length && First <= other.First && Last >= other.Last
        && EveryPerson == other.EveryPerson && other.Variables.All(v => Variables.Contains(v, StringComparer.Ordinal));
}
