using System.CommandLine;
using SiOutcomeLab.Cli.Calls;
using SiOutcomeLab.Cli.Failures;
using SiOutcomeLab.Cli.Pushing;
using SiOutcomeLab.Cli.Showing;
using SiOutcomeLab.Cli.Terminals;
using SiOutcomeLab.Cli.Words;
using SiOutcomeLab.Protos.Intake.V1;

namespace SiOutcomeLab.Cli.Commands;

/// <summary><c>silab uploads list</c> and <c>silab uploads cancel</c>.</summary>
internal static class UploadsCommand
{
    public static Command Create(CommandHost host) =>
        new("uploads", host.T("Leveranser på väg in.", "Submissions on their way in.")) { List(host), Cancel(host) };

    private static Command List(CommandHost host)
    {
        var command = new Command("list", host.T("Lista uppladdningar, den äldsta först.", "List uploads, the oldest first."));
        var hub = host.AddHubOptions(command);
        var json = host.AddJsonOption(command);
        return host.WithAction(command, async (parse, cancellationToken) =>
        {
            using var connection = hub.Connect(parse);
            var uploads = connection.UploadsAsync(cancellationToken);
            if (parse.GetValue(json))
            {
                await ProtoJson.WriteArrayAsync(host.Terminal.Out, uploads, cancellationToken);
                return ExitCode.Ok;
            }

            var table = new TextTable(
                new TextColumn(host.T("uppladdning", "upload"), MaximumWidth: 40),
                new TextColumn(host.T("projekt", "project"), MaximumWidth: 16),
                new TextColumn(host.T("läge", "state"), MaximumWidth: 14),
                new TextColumn(host.T("framme", "arrived"), MaximumWidth: 20));
            await foreach (var upload in uploads.WithCancellation(cancellationToken))
            {
                table.Add(upload.Name, upload.Project, host.Terminal.Pick(EnumWords.Of(upload.State)), Arrived(host.Terminal, upload));
            }

            table.Write(host.Terminal.Out);
            return ExitCode.Ok;
        });
    }

    private static Command Cancel(CommandHost host)
    {
        var command = new Command("cancel", host.T("Avbryt en uppladdning; det som har kommit förstörs.", "Cancel an upload; what has arrived is destroyed."));
        var name = new Argument<string>("upload") { Description = host.T("Uppladdningens namn.", "The upload's name.") };
        command.Add(name);
        var hub = host.AddHubOptions(command);
        var json = host.AddJsonOption(command);
        return host.WithAction(command, async (parse, cancellationToken) =>
        {
            using var connection = hub.Connect(parse);
            var request = new CancelUploadRequest { Name = ResourceNames.In("uploads", parse.GetRequiredValue(name)) };
            var upload = (await connection.Intake.CancelUploadAsync(request, connection.Options(cancellationToken))).Upload;
            if (parse.GetValue(json)) ProtoJson.WriteOne(host.Terminal.Out, upload);
            else host.Terminal.Line($"{upload.Name}: {host.Terminal.Pick(EnumWords.Of(upload.State))}");
            return ExitCode.Ok;
        });
    }

    private static string Arrived(Terminal terminal, Upload upload)
    {
        if (upload.State != UploadState.Open) return "–";
        var (durable, declared) = (upload.Files.Sum(f => f.DurableBytes), upload.Files.Sum(f => f.DeclaredBytes));
        return $"{PushProgress.Bytes(durable, terminal.Language)} / {PushProgress.Bytes(declared, terminal.Language)}";
    }
}
