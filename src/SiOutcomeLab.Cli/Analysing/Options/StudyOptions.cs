using System.CommandLine;
using System.CommandLine.Parsing;
using SiOutcomeLab.Cli.Analysing.Studies;
using SiOutcomeLab.Cli.Commands;

namespace SiOutcomeLab.Cli.Analysing.Options;

/// <summary>Which columns are what, for verbs that compare treated with comparison rows.</summary>
internal sealed class StudyOptions
{
    private readonly InputOptions _file;
    private readonly Option<string> _treatment;
    private readonly Option<string?> _treatedLevel;
    private readonly Option<string?>? _outcome;
    private readonly Option<string[]> _covariates;
    private readonly Option<string[]> _categorical;
    private readonly Option<string[]>? _exact;
    private readonly Option<string?>? _cluster;
    private readonly Option<string?>? _weights;

    public StudyOptions(
        CommandHost host, Command command, InputOptions file, Func<CommandResult, bool> needsCovariates, bool? needsOutcome = false,
        bool exact = false, bool cluster = true, string? weights = null)
    {
        _file = file;
        _treatment = Column("--treatment", host.T(
            "Behandlingen: 0/1 eller true/false, eller två nivåer med --treated-level.",
            "The treatment: 0/1 or true/false, or two levels with --treated-level."));
        _treatment.Required = true;
        _treatedLevel = Optional("--treated-level", host.T("Den nivå som betyder behandlad.", "The level that means treated."), "LEVEL");
        command.Add(_treatment);
        command.Add(_treatedLevel);
        if (needsOutcome is { } needed)
        {
            var blind = host.T("; utan det visas bara jämförelsens kvalitet.", "; without it only how good the comparison is.");
            command.Add(_outcome = Optional("--outcome", host.T("Utfallet", "The outcome") + (needed ? "." : blind)));
            _outcome.Required = needed;
        }

        _covariates = NameList.Create("--covariates", host.T("Kovariater som är tal.", "Covariates that are numbers."));
        _categorical = NameList.Create("--categorical", host.T(
            "Kovariater som är grupper: en indikator per nivå utom den första.", "Covariates that are groups: an indicator per level but the first."));
        command.Add(_covariates);
        command.Add(_categorical);
        if (exact) command.Add(_exact = NameList.Create("--exact", host.T(
            "Kolumner som ett par måste ha lika.",
            "Columns that a pair must have alike.")));
        if (cluster)
        {
            command.Add(_cluster = Optional("--cluster", host.T(
                "Grupp inom vilken rader hänger ihop.",
                "Group within which rows depend on each other.")));
        }

        if (weights is not null) command.Add(_weights = Optional("--weights", weights));
        command.Validators.Add(result =>
        {
            string[] covariates = [.. result.GetValue(_covariates) ?? [], .. result.GetValue(_categorical) ?? []];
            if (needsCovariates(result) && covariates.Length == 0)
            {
                result.AddError(host.T(
                    "Ge kovariater med --covariates eller --categorical.",
                    "Give covariates with --covariates or --categorical."));
            }

            var names = covariates.SelectMany(text => text.Split(',', StringSplitOptions.TrimEntries)).ToHashSet(StringComparer.Ordinal);
            Alone(result.GetResult(_treatment), "--treatment");
            if (_outcome is not null) Alone(result.GetResult(_outcome), "--outcome");

            void Alone(OptionResult? given, string flag)
            {
                if (given?.Tokens is not [{ Value: var name }] || !names.Contains(name)) return;
                result.AddError(host.T($"{name} är både {flag} och kovariat.", $"{name} is both {flag} and a covariate."));
            }
        });

        static Option<string> Column(string name, string description) => new(name) { Description = description, HelpName = "COLUMN" };
        static Option<string?> Optional(string name, string description, string help = "COLUMN") => new(name) { Description = description, HelpName = help };
    }

    public StudyColumns Columns(ParseResult parse) => new()
    {
        Data = _file.Path(parse),
        Separator = _file.Separator(parse),
        Treatment = parse.GetRequiredValue(_treatment),
        TreatedLevel = parse.GetValue(_treatedLevel),
        Outcome = _outcome is null ? null : parse.GetValue(_outcome),
        Covariates = NameList.Of(parse, _covariates),
        Categorical = NameList.Of(parse, _categorical),
        Exact = _exact is null ? [] : NameList.Of(parse, _exact),
        Cluster = _cluster is null ? null : parse.GetValue(_cluster),
        Weights = _weights is null ? null : parse.GetValue(_weights),
    };
}
