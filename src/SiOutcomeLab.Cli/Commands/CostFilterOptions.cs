using System.CommandLine;
using SiOutcomeLab.Protos.Costs.V1;

namespace SiOutcomeLab.Cli.Commands;

/// <summary>Options that restrict a list of kronor.</summary>
internal sealed class CostFilterOptions
{
    private readonly Option<string?> _plan;
    private readonly Option<string?> _organisation;
    private readonly Option<string?> _method;
    private readonly Option<string?> _measure;
    private readonly Option<string?> _group;
    private readonly Option<string?> _set;
    private readonly Option<int> _year;
    private readonly Option<int> _years;

    public CostFilterOptions(CommandHost host, Command command)
    {
        _plan = Text("--plan", host.T("Bara en plan.", "One plan only."));
        _organisation = Text("--organisation", host.T("Bara en organisation, t.ex. 0180.", "One organisation only, e.g. 0180."));
        _method = Text("--method", host.T("Bara en metod, t.ex. ips.", "One method only, e.g. ips."));
        _measure = Text("--measure", host.T("Bara planer med detta huvudmått.", "Plans with this primary measure only."));
        _group = Text("--group", host.T(
            "Bara det som är sammanvägt för en kommungrupp, t.ex. B3, eller för hela landet: all.",
            "Only what is pooled for a municipality group, e.g. B3, or for the whole country: all."));
        _set = Text("--set", host.T("Bara en uppsättning enhetskostnader.", "One set of unit costs only."));
        _year = Number("--year", host.T("Bara en prisnivå, t.ex. 2024.", "One price level only, e.g. 2024."));
        _years = Number("--years", host.T("Bara så många år efter starten.", "Only so many years after the start."));
        foreach (Option option in new Option[] { _plan, _organisation, _method, _measure, _group, _set, _year, _years }) command.Add(option);
    }

    public CostFilter Read(ParseResult parse) => new()
    {
        Plan = parse.GetValue(_plan) ?? string.Empty,
        Organisation = parse.GetValue(_organisation) ?? string.Empty,
        Method = parse.GetValue(_method) ?? string.Empty,
        Measure = parse.GetValue(_measure) ?? string.Empty,
        MunicipalityGroup = parse.GetValue(_group) ?? string.Empty,
        UnitCostSet = parse.GetValue(_set) ?? string.Empty,
        PriceYear = parse.GetValue(_year),
        HorizonYears = parse.GetValue(_years),
    };

    public static Option<string?> Text(string name, string description) =>
        new(name) { Description = description, HelpName = name[2..].ToUpperInvariant() };

    public static Option<int> Number(string name, string description) =>
        new(name) { Description = description, HelpName = name[2..].ToUpperInvariant() };
}
