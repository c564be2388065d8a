using System.CommandLine;
using SiOutcomeLab.Cli.Failures;
using SiOutcomeLab.Cli.Pushing;
using SiOutcomeLab.Cli.Showing;

namespace SiOutcomeLab.Cli.Commands;

/// <summary><c>silab push</c>: sends a submission.</summary>
internal static class PushCommand
{
    public static Command Create(CommandHost host)
    {
        var command = new Command("push", host.T("Skicka en leverans av uppföljningsdata.", "Send a submission of follow-up data."));
        var folder = new Argument<string?>("folder")
        {
            Description = host.T(
                "Mapp med manifest.json, observations.parquet och ev. participations.parquet.",
                "Folder with manifest.json, observations.parquet and, if any, participations.parquet."),
            Arity = ArgumentArity.ZeroOrOne,
        };
        var manifest = FileOption("--manifest", host.T("Manifestet, i stället för en mapp.", "The manifest, in place of a folder."));
        var observations = FileOption("--observations", host.T("Observationsfilen.", "The observations file."));
        var participations = FileOption("--participations", host.T("Deltagandefilen.", "The participations file."));
        command.Add(folder);
        command.Add(manifest);
        command.Add(observations);
        command.Add(participations);
        var receipt = FileOption(
            "--receipt",
            host.T("Var kvittot sparas; annars receipt-<id>.json bredvid manifestet.", "Where the receipt is kept; else receipt-<id>.json beside the manifest."));
        var patience = new Option<double>("--give-up-after")
        {
            Description = host.T(
                "Minuter utan att något mer når hubben innan försöken tar slut.", "Minutes without anything more reaching the hub before the attempts end."),
            DefaultValueFactory = _ => 15,
            HelpName = "MIN",
        };
        command.Add(receipt);
        command.Add(patience);
        var hub = host.AddHubOptions(command);
        var json = host.AddJsonOption(command);
        command.Validators.Add(result =>
        {
            var isFolder = result.GetValue(folder) is not null;
            var isFiles = result.GetValue(manifest) is not null && result.GetValue(observations) is not null;
            var isAnyFile = result.GetValue(manifest) is not null
                || result.GetValue(observations) is not null
                || result.GetValue(participations) is not null;
            if (isFolder == isFiles || (isFolder && isAnyFile))
            {
                result.AddError(
                    host.T(
                        "Ge antingen en mapp, eller både --manifest och --observations.",
                        "Give either a folder, or both --manifest and --observations."));
            }
        });

        return host.WithAction(command, async (parse, cancellationToken) =>
        {
            var files = (parse.GetValue(folder) is { } path
                ? SubmissionFiles.In(path)
                : new SubmissionFiles(parse.GetValue(manifest)!, parse.GetValue(observations)!, parse.GetValue(participations))).RequireAll();
            using var connection = hub.Connect(parse);
            var settings = new PushSettings { GiveUpAfter = TimeSpan.FromMinutes(parse.GetValue(patience)) };
            var outcome = await PushProgress.ShowAsync(
                host.Terminal,
                files.TotalBytes(),
                host.Time,
                progress => new SubmissionUpload(connection, files, settings, progress, host.Time).RunAsync(cancellationToken));
            var kept = await KeepAsync(outcome, parse.GetValue(receipt), files, cancellationToken);
            if (!parse.GetValue(json)) return PushReport.Write(host.Terminal, outcome, kept);
            ProtoJson.WriteOne(host.Terminal.Out, outcome.Answer);
            return outcome.IsRefused ? ExitCode.Refused : ExitCode.Ok;
        });

        static Option<string?> FileOption(string name, string description) => new(name) { Description = description, HelpName = "FILE" };
    }

    private static async Task<string?> KeepAsync(PushOutcome outcome, string? path, SubmissionFiles files, CancellationToken cancellationToken)
    {
        if (outcome.IsRefused) return null;
        var accepted = outcome.Answer.Accepted;
        path ??= ReceiptFile.PathBeside(files.Manifest, accepted.Receipt);
        await ReceiptFile.WriteAsync(path, accepted, cancellationToken);
        return path;
    }
}
