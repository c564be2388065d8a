using System.CommandLine;
using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using SiOutcomeLab.Domain.Time;
using SiOutcomeLab.Protos.Effects.V1;

namespace SiOutcomeLab.Cli.Commands;

/// <summary>The options that say which effects, of every command that reads many.</summary>
internal sealed class EffectFilterOptions
{
    private readonly Option<string?> _municipality;
    private readonly Option<string?> _plan;
    private readonly Option<string?> _method;
    private readonly Option<string?> _measure;
    private readonly Option<string?> _period;
    private readonly Option<string?> _status;
    private readonly Option<bool> _headline;
    private readonly Option<string?> _from;

    public EffectFilterOptions(CommandHost host, Command command)
    {
        _municipality = Text("--municipality", host.T("Bara en kommun eller annan ägare, t.ex. 0180.", "One municipality or other owner only, e.g. 0180."));
        _municipality.Aliases.Add("--organisation");
        _plan = Text("--plan", host.T("Bara en plan.", "One plan only."));
        _method = Text("--method", host.T("Bara en metod, t.ex. ips.", "One method only, e.g. ips."));
        _measure = Text("--measure", host.T("Bara ett mått.", "One measure only."));
        _period = Text("--period", host.T(
            "Bara de vars deltagare kunde börja då: 2024, 2024-Q3 eller 2024-07.", "Those whose participants could start then: 2024, 2024-Q3 or 2024-07."));
        _status = Text("--status", host.T("Bara de med status.", "Those with this status only."));
        _status.AcceptOnlyFromAmong("estimated", "not-estimable", "withheld");
        _headline = new Option<bool>("--headline") { Description = host.T("Bara huvudresultat.", "Headlines only.") };
        _from = new Option<string?>("--from-time")
        {
            Description = host.T(
                "Bara det som har ändrats efter tiden, i ändringarnas ordning; det som inte längre gäller är med.",
                "Only what has changed after the time, in the order of the changes; what no longer stands is there too."),
            HelpName = "TIME",
        };
        _period.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } text && !Period.TryParse(text, out _))
            {
                result.AddError(host.T("--period: ett år, kvartal eller en månad, t.ex. 2024, 2024-Q3, 2024-07.", "--period: a year, quarter or month, e.g. 2024, 2024-Q3, 2024-07."));
            }
        });
        _from.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } text && Read(text) is null)
            {
                result.AddError(host.T("--from-time: en tid, t.ex. 2026-03-01T00:00:00Z.", "--from-time: a time, e.g. 2026-03-01T00:00:00Z."));
            }
        });
        foreach (var option in new System.CommandLine.Option[] { _municipality, _plan, _method, _measure, _period, _status, _headline, _from }) command.Add(option);

        static Option<string?> Text(string name, string description) =>
            new(name) { Description = description, HelpName = name[2..].ToUpperInvariant() };
    }

    public EffectFilter Filter(ParseResult parse) => new()
    {
        Organisation = parse.GetValue(_municipality) ?? string.Empty,
        Plan = parse.GetValue(_plan) ?? string.Empty,
        Method = parse.GetValue(_method) ?? string.Empty,
        Measure = parse.GetValue(_measure) ?? string.Empty,
        Period = parse.GetValue(_period) ?? string.Empty,
        Status = StatusOf(parse.GetValue(_status)),
        HeadlineOnly = parse.GetValue(_headline),
    };

    /// <summary>The time asked for; null when none is.</summary>
    public Timestamp? From(ParseResult parse) => parse.GetValue(_from) is { } text ? Timestamp.FromDateTimeOffset(Read(text)!.Value) : null;

    private static DateTimeOffset? Read(string text) => DateTimeOffset.TryParse(
        text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;

    private static EffectStatus StatusOf(string? word) => word switch
    {
        "estimated" => EffectStatus.Estimated,
        "not-estimable" => EffectStatus.NotEstimable,
        "withheld" => EffectStatus.Withheld,
        _ => EffectStatus.Unspecified,
    };
}
