using System.Text.RegularExpressions;

namespace SiOutcomeLab.Domain.Identity;

/// <summary>A submitter or reader: a municipality (its four-digit SCB code), a region, a state agency, a researcher's institution or the lab.</summary>
/// <param name="Code">1–40 characters: lower-case letters, digits and hyphens.</param>
public readonly record struct OrganisationId(string Code)
{
    /// <summary>The lab itself: operates the hub, owns no follow-up data.</summary>
    public static OrganisationId Lab { get; } = new("lab");

    /// <summary>True when the organisation is a municipality, that is, when its code is four digits.</summary>
    public bool IsMunicipality => Code is { Length: 4 } && Code.All(char.IsAsciiDigit);

    /// <inheritdoc/>
    public override string ToString() => Code;
}

/// <summary>One pseudonym key, one purpose, one legal basis and one end date. Nothing links across projects.</summary>
/// <param name="Code">1–40 characters: lower-case letters, digits and hyphens.</param>
public readonly record struct ProjectId(string Code)
{
    /// <inheritdoc/>
    public override string ToString() => Code;
}

/// <summary>Something a municipality does for a target group. Unique within its organisation.</summary>
/// <param name="Code">1–40 characters: lower-case letters, digits and hyphens.</param>
public readonly record struct InterventionCode(string Code)
{
    /// <inheritdoc/>
    public override string ToString() => Code;
}

/// <summary>A quantity followed per person and period, by its code in the measure catalogue.</summary>
/// <param name="Code">1–40 characters: lower-case letters, digits and underscores (it is also a column name).</param>
public readonly record struct MeasureCode(string Code)
{
    /// <inheritdoc/>
    public override string ToString() => Code;
}

/// <summary>The one rule for every code a person may type: short, lower case, safe in a path, a column name and a log.</summary>
public static partial class CodeRule
{
    /// <summary>Says whether <paramref name="text"/> is 1–40 characters of a–z, 0–9, hyphen or underscore, starting with a letter or digit.</summary>
    public static bool IsValid(string? text) => text is not null && Pattern().IsMatch(text);

    // \z and not $, which would let a line break at the end pass.
    [GeneratedRegex(@"\A[a-z0-9][a-z0-9_-]{0,39}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
