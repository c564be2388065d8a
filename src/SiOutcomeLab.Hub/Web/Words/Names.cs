using System.Globalization;
using SiOutcomeLab.Contract;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Time;

namespace SiOutcomeLab.Hub.Web.Words;

/// <summary>What codes are called. A code that no register knows is its own name.</summary>
internal static class Names
{
    public static BilingualText Organisation(string code) =>
        MunicipalityRegister.Current.TryFind(code, out var municipality) ? new(municipality.Name, municipality.Name)
        : OrganisationRegister.Current.TryFind(code, out var other) ? other.Name
        : new(code, code);

    public static BilingualText Organisation(OrganisationId organisation) => Organisation(organisation.Code);

    /// <summary>A covariate or a measure.</summary>
    public static BilingualText Variable(string code) =>
        CovariateCatalogue.Current.TryFind(code, out var covariate) ? new(covariate.NameSv, covariate.NameEn)
        : MeasureCatalogue.Current.TryFind(code, out var measure) ? measure.Words.Name
        : new(code, code);

    /// <summary>A column of the design, such as <c>education_level=upper@1</c>: what it is of, its level, and when it was read.</summary>
    public static BilingualText Column(string column, PeriodLength length)
    {
        var (whole, lag) = Cut(column, '@');
        var (code, level) = Cut(whole, '=');
        var name = Variable(code);
        var (sv, en) = level is null ? (string.Empty, string.Empty) : ($": {Level(code, level).Sv}", $": {Level(code, level).En}");
        var before = int.TryParse(lag, NumberStyles.None, CultureInfo.InvariantCulture, out var periods)
            ? PlanWords.Periods(periods, length)
            : null;
        return before is null
            ? new($"{name.Sv}{sv}", $"{name.En}{en}")
            : new($"{name.Sv}{sv}, {before.Sv} före start", $"{name.En}{en}, {before.En} before the start");
    }

    /// <summary>A subgroup: what divides, which part, and when it was read.</summary>
    /// <param name="division">Such as <c>sex@1</c>; null where it is not told.</param>
    /// <param name="label">A category, or a number's side of a cut such as <c>&lt; 30</c>.</param>
    /// <param name="length">The length of a period.</param>
    public static BilingualText Part(string? division, string label, PeriodLength length)
    {
        if (division is null) return Column(label, length);
        var (code, lag) = Cut(division, '@');
        if (!label.StartsWith('<') && !label.StartsWith('≥') && !label.StartsWith('=')) return Column($"{code}={label}@{lag}", length);
        var (name, variable) = (Column(division, length), Variable(code));
        return new($"{variable.Sv} {label}{name.Sv[variable.Sv.Length..]}", $"{variable.En} {label}{name.En[variable.En.Length..]}");
    }

    /// <summary>A category of a covariate.</summary>
    public static BilingualText Level(string code, string level)
    {
        if (!CovariateCatalogue.Current.TryFind(code, out var covariate)) return new(level, level);
        var at = covariate.Categories.ToList().IndexOf(level);
        return at >= 0 && at < covariate.CategoriesSv.Count ? new(covariate.CategoriesSv[at], level) : new(level, level);
    }

    private static (string Before, string? After) Cut(string text, char at) =>
        text.LastIndexOf(at) is var i && i > 0 ? (text[..i], text[(i + 1)..]) : (text, null);
}
