using SiOutcomeLab.Disclosure.Effects;
using SiOutcomeLab.Hub.Errors;
using SiOutcomeLab.Storage.Catalogue;

namespace SiOutcomeLab.Hub.Web.Effects;

/// <summary>Which effects the address asks for.</summary>
/// <param name="Filter">As the store is asked.</param>
/// <param name="Query">As the address has it, for links.</param>
internal sealed record EffectQuestion(EffectFilter Filter, IReadOnlyList<(string Name, string? Value)> Query)
{
    public const string Organisation = "organisation";
    public const string Method = "method";
    public const string Measure = "measure";
    public const string Plan = "plan";
    public const string Status = "status";

    /// <summary>What asks for estimates beside the headlines too.</summary>
    public const string All = "all";

    /// <summary>The statuses by the words that the address has for them.</summary>
    public static IReadOnlyList<(string Word, EffectStatus Status)> Statuses { get; } =
    [
        ("estimated", EffectStatus.Estimated), ("not-estimable", EffectStatus.NotEstimable), ("withheld", EffectStatus.Withheld),
    ];

    /// <exception cref="HubException">The status is none.</exception>
    public static EffectQuestion Of(PageRequest request)
    {
        EffectStatus? status = null;
        if (request.Asked(Status) is { } word)
        {
            status = Statuses.FirstOrDefault(s => s.Word == word) is { Word: not null } known
                ? known.Status
                : throw HubException.FieldInvalid(Status, "must be one of the named statuses.");
        }

        var filter = new EffectFilter(
            request.Asked(Organisation),
            request.Asked(Plan),
            request.Asked(Method),
            request.Asked(Measure),
            status,
            HeadlineOnly: request.Asked(All) is null);
        string[] keys = [Organisation, Method, Measure, Plan, Status, All];
        return new EffectQuestion(filter, [.. keys.Select(k => (k, request.Asked(k)))]);
    }
}
