using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Submissions;

namespace SiOutcomeLab.Pipelines.Cohorts.Reading;

/// <summary>The participations of a list of submissions, in the order they were committed.</summary>
internal sealed class Participations
{
    private readonly List<Participation> _rows = [];
    private readonly Dictionary<(OrganisationId, string), int> _codeOf = [];
    private readonly List<(OrganisationId Organisation, string Code)> _codes = [];
    private readonly Dictionary<(int, string), int> _groupOf = [];

    public IReadOnlyList<Participation> Rows => _rows;

    /// <summary>Whose intervention a <see cref="Participation.Intervention"/> is, and its code.</summary>
    public IReadOnlyList<(OrganisationId Organisation, string Code)> Interventions => _codes;

    /// <summary>The submissions, by <see cref="Participation.Source"/>.</summary>
    public required IReadOnlyList<Submission> Sources { get; init; }

    public long Bytes => _rows.Count * 24L;

    public void Add(Participation row) => _rows.Add(row);

    public int InterventionOf(OrganisationId organisation, string code)
    {
        if (_codeOf.TryGetValue((organisation, code), out var number)) return number;
        number = _codes.Count;
        _codeOf.Add((organisation, code), number);
        _codes.Add((organisation, code));
        return number;
    }

    /// <summary>A group of an intervention: one code of two interventions is two groups.</summary>
    public int GroupOf(int intervention, string group)
    {
        if (_groupOf.TryGetValue((intervention, group), out var number)) return number;
        number = _groupOf.Count;
        _groupOf.Add((intervention, group), number);
        return number;
    }
}

/// <summary>One person's participation.</summary>
/// <param name="Person">The person's number in the <see cref="PersonIndex"/>.</param>
/// <param name="Source">The submission's place among those read.</param>
/// <param name="Intervention">The intervention's number.</param>
/// <param name="StartDay">The start, in days since 1970.</param>
/// <param name="Group">The group's number, or −1 when it was delivered to the person alone.</param>
internal readonly record struct Participation(int Person, int Source, int Intervention, int StartDay, int Group);
