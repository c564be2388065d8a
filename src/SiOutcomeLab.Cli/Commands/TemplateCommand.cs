using System.CommandLine;
using SiOutcomeLab.Cli.Failures;
using SiOutcomeLab.Cli.Templates;
using SiOutcomeLab.Domain.Identity;

namespace SiOutcomeLab.Cli.Commands;

/// <summary><c>silab template</c>: a made-up delivery to try everything on, and empty tables to fill.</summary>
internal static class TemplateCommand
{
    // A teaching municipality's code: made-up data can never be taken for a real municipality's.
    private const string TeachingMunicipality = "9911";

    public static Command Create(CommandHost host)
    {
        var command = new Command("template", host.T(
            "Skriv ett ifyllt och ett tomt exempel på en leverans.",
            "Write a filled and an empty example of a delivery."));
        var folder = new Argument<string>("folder") { Description = host.T("Ny mapp.", "A new folder.") };
        var organisation = new Option<string>("--organisation")
        {
            Description = host.T("Den egna koden.", "Your own code."),
            HelpName = "CODE",
            DefaultValueFactory = _ => TeachingMunicipality,
        };
        organisation.Validators.Add(result =>
        {
            if (!CodeRule.IsValid(result.GetValueOrDefault<string>()))
            {
                result.AddError(host.T("En kod är 1–40 tecken a–z, 0–9, - eller _.", "A code is 1–40 characters a–z, 0–9, - or _."));
            }
        });
        command.Add(folder);
        command.Add(organisation);
        return host.WithAction(command, async (parse, cancellationToken) =>
        {
            var path = parse.GetRequiredValue(folder);
            var files = await TemplateFolder.WriteAsync(
                path, parse.GetRequiredValue(organisation), host.Terminal.Language, cancellationToken);
            foreach (var file in files) host.Terminal.Line(Path.Combine(path, file));
            host.Terminal.Line(host.T($"Börja med att läsa {files[0]}.", $"Begin by reading {files[0]}."));
            return ExitCode.Ok;
        });
    }
}
