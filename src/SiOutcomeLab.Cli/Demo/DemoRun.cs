using SiOutcomeLab.Cli.Calls;
using SiOutcomeLab.Cli.Demo.Reference;
using SiOutcomeLab.Cli.Failures;
using SiOutcomeLab.Cli.Pushing;
using SiOutcomeLab.Cli.Reading;
using SiOutcomeLab.Cli.Terminals;
using SiOutcomeLab.Contract;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Protos.Effects.V1;
using SiOutcomeLab.Protos.Intake.V1;
using Spectre.Console;

namespace SiOutcomeLab.Cli.Demo;

/// <summary>The demo's work, from an empty hub to everything released and checked.</summary>
internal sealed class DemoRun(DemoHub hub, string datasets, Terminal terminal, TimeProvider time)
{
    private readonly List<Receipt> _receipts = [];

    public async Task<DemoResult> ExecuteAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var nsw = DemoDataset.Nsw(datasets);
        var country = DemoDataset.MadeCountry(datasets);
        var (methods, municipalities, plans) = await RegisterCountryAsync(country, cancellationToken);
        var followed = await SendNswAsync(nsw, cancellationToken);
        foreach (var dataset in country) await PushAsync(dataset, cancellationToken);

        terminal.Note(terminal.Pick("Hubbens schemaläggare tar planerna …", "The hub's scheduler takes the plans …"));
        await WaitAsync([.. followed, .. plans], followed, patience, cancellationToken);
        var elapsed = time.GetElapsedTime(started);
        var ofMethod = plans.Count(p => p.EndsWith("-" + MethodStory.Method, StringComparison.Ordinal));
        terminal.Note(terminal.Pick("Väger samman och räknar kronor …", "Pools, and counts kronor …"));
        var story = ofMethod == 0 ? null : await MethodStory.ReadAsync(hub.Steward, ofMethod, time, patience, cancellationToken);
        var effects = await hub.Steward.EffectsAsync(new EffectFilter(), cancellationToken).ToListAsync(cancellationToken);
        var checks = ReferenceChecks.Compute(
            await PublicFile.ReadAsync(Path.Combine(nsw.Folder, "nsw.csv"), cancellationToken),
            await ReferenceFile.ReadAsync(Path.Combine(nsw.Folder, "reference.json"), cancellationToken),
            effects,
            cancellationToken);
        var known = await KnownEffects.ReadAsync(datasets, cancellationToken);
        return new DemoResult(_receipts, effects, checks, known, municipalities, methods, hub.GrpcAddress, hub.JsonAddress, elapsed) { Story = story };
    }

    // Plans before data: the hub then finds them prospective.
    private async Task<(List<(string Code, BilingualText Name)> Methods, Dictionary<string, string> Municipalities, List<string> Plans)> RegisterCountryAsync(
        IReadOnlyList<DemoDataset> country, CancellationToken cancellationToken)
    {
        var methods = new List<(string Code, BilingualText Name)>();
        var municipalities = new Dictionary<string, string>(StringComparer.Ordinal);
        var plans = new List<string>();
        foreach (var dataset in country)
        {
            await hub.RegisterInterventionsAsync(dataset, cancellationToken);
            foreach (var intervention in await PlanFiles.ReadInterventionsAsync(dataset.Interventions, cancellationToken))
            {
                if (!methods.Exists(m => m.Code == intervention.Method)) methods.Add((intervention.Method, intervention.Name));
            }

            foreach (var plan in await hub.RegisterPlansAsync(dataset, cancellationToken))
            {
                plans.Add(plan.Id);
                municipalities[plan.Organisation.Code] = MunicipalityRegister.Current.TryFind(plan.Organisation.Code, out var m)
                    ? m.Name
                    : plan.Organisation.Code;
            }
        }

        terminal.Note(terminal.Pick(
            $"Låste {plans.Count} planer för {country.Count} påhittade kommuner innan deras data kom (prospektivt).",
            $"Locked {plans.Count} plans for {country.Count} made municipalities before their data came (prospective)."));
        return (methods, municipalities, plans);
    }

    // Data before plans: teaching data whose answer everybody knows can only be retrospective.
    private async Task<HashSet<string>> SendNswAsync(DemoDataset nsw, CancellationToken cancellationToken)
    {
        await hub.RegisterInterventionsAsync(nsw, cancellationToken);
        await PushAsync(nsw, cancellationToken);
        var plans = await hub.RegisterPlansAsync(nsw, cancellationToken);
        return [.. plans.Select(p => p.Id)];
    }

    private async Task PushAsync(DemoDataset dataset, CancellationToken cancellationToken)
    {
        var reading = SubmissionManifest.Read(await File.ReadAllBytesAsync(dataset.Files.Manifest, cancellationToken));
        var organisation = reading.Manifest?.Organisation ?? new OrganisationId(Path.GetFileName(dataset.Folder));
        var started = time.GetTimestamp();
        var outcome = await hub.PushAsync(dataset, organisation, time, cancellationToken);
        if (outcome.IsRefused)
        {
            PushReport.WriteFindings(new Terminal(terminal.Error, terminal.Error, terminal.Language), outcome.Answer.Refused.Findings);
            throw new CommandException(
                ExitCode.Refused,
                new($"Hubben tog inte emot {dataset.Folder}.", $"The hub refused {dataset.Folder}."),
                new("Rätta det som står ovan, eller bygg silab på nytt.", "Mend what stands above, or build silab again."));
        }

        var receipt = outcome.Answer.Accepted.Receipt;
        var rows = receipt.Files[0].Rows;
        var milliseconds = time.GetElapsedTime(started).TotalMilliseconds;
        terminal.Note(terminal.Pick(
            $"Skickade {organisation} över gRPC: {PlainNumber.Fixed(rows, 0).Sv} rader, {milliseconds:0} ms",
            $"Sent {organisation} over gRPC: {PlainNumber.Fixed(rows, 0).En} rows, {milliseconds:0} ms"));
        _receipts.Add(receipt);
    }

    private async Task WaitAsync(
        IReadOnlyCollection<string> plans, IReadOnlySet<string> followed, TimeSpan patience, CancellationToken cancellationToken)
    {
        if (!terminal.IsInteractive)
        {
            var wait = new RunWait(hub.Steward, new RunLines(terminal), time);
            await wait.UntilAllSucceededAsync(plans, followed, patience, cancellationToken);
            return;
        }

        await terminal.ProgressConsole().Progress()
            .Columns(new ProgressBarColumn { Width = 30 }, new TaskDescriptionColumn { Alignment = Justify.Left })
            .StartAsync(context =>
            {
                var wait = new RunWait(hub.Steward, new RunBars(terminal, context), time);
                return wait.UntilAllSucceededAsync(plans, followed, patience, cancellationToken);
            });
    }
}
