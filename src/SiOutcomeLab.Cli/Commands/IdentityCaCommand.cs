using System.CommandLine;
using SiOutcomeLab.Cli.Credentials;
using SiOutcomeLab.Cli.Failures;
using SiOutcomeLab.Cli.Terminals;

namespace SiOutcomeLab.Cli.Commands;

/// <summary><c>silab identity ca new | crl</c>: an authority of the lab's own.</summary>
internal static class IdentityCaCommand
{
    public static Command Create(CommandHost host) =>
        new("ca", host.T("Labbets egen utfärdare av certifikat.", "The lab's own certificate authority.")) { New(host), Crl(host) };

    /// <summary>The option that names an authority's folder.</summary>
    public static Option<string> Folder(CommandHost host) => new("--ca-folder")
    {
        Description = host.T("Utfärdarens mapp.", "The authority's folder."),
        HelpName = "DIR",
        Required = true,
    };

    /// <summary>The option that says how many days something holds.</summary>
    public static Option<int> Days(CommandHost host, int days, string sv, string en)
    {
        var option = new Option<int>("--days") { Description = $"{host.T(sv, en)} ({days}).", HelpName = "N", DefaultValueFactory = _ => days };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 7300) result.AddError(host.T("--days ska vara 1–7300.", "--days must be 1–7300."));
        });
        return option;
    }

    private static Command New(CommandHost host)
    {
        var command = new Command("new", host.T("Gör en utfärdare i en ny mapp.", "Make an authority in a new folder."));
        var folder = Folder(host);
        var name = new Option<string>("--name")
        {
            Description = host.T("Utfärdarens namn.", "The authority's name."), HelpName = "TEXT", DefaultValueFactory = _ => "silab",
        };
        var days = Days(host, 3650, "Hur länge den gäller", "How long it holds");
        foreach (Option option in new Option[] { folder, name, days }) command.Add(option);
        return host.WithAction(command, (parse, _) =>
        {
            var now = host.Time.GetUtcNow();
            using var authority = CertificateAuthority.Create(parse.GetRequiredValue(name), now, TimeSpan.FromDays(parse.GetValue(days)));
            var made = AuthorityFolder.Create(parse.GetRequiredValue(folder), authority, now, now + RevocationsHold);
            host.Terminal.Line(host.T(
                $"Ny utfärdare. Till hubben (tls.client_ca) och alla som anropar den (--ca): {made.CertificatePath}",
                $"New authority. For the hub (tls.client_ca) and all who call it (--ca): {made.CertificatePath}"));
            host.Terminal.Line(host.T(
                $"Spärrlista, till hubben (tls.client_revocations): {made.RevocationsPath}",
                $"Revocation list, for the hub (tls.client_revocations): {made.RevocationsPath}"));
            Wrap.Write(host.Terminal.Out, host.T(
                "Den som har ca.key kan göra sig till vem som helst: håll mappen borta från hubben, krypterad och säkerhetskopierad.",
                "Whoever has ca.key can be anybody: keep the folder away from the hub, encrypted and backed up."));
            return Task.FromResult(ExitCode.Ok);
        });
    }

    private static Command Crl(CommandHost host)
    {
        var command = new Command("crl", host.T("Förnya spärrlistan innan den går ut.", "Renew the revocation list before it runs out."));
        var folder = Folder(host);
        var days = Days(host, RevocationsHold.Days, "Hur länge den gäller", "How long it holds");
        command.Add(folder);
        command.Add(days);
        return host.WithAction(command, (parse, _) =>
        {
            var now = host.Time.GetUtcNow();
            var opened = AuthorityFolder.Open(parse.GetRequiredValue(folder));
            opened.Revoke([], now, now + TimeSpan.FromDays(parse.GetValue(days)));
            host.Terminal.Line(opened.RevocationsPath);
            return Task.FromResult(ExitCode.Ok);
        });
    }

    /// <summary>How long a revocation list holds unless said otherwise: a hub refuses all certificates under one that has run out.</summary>
    public static TimeSpan RevocationsHold { get; } = TimeSpan.FromDays(90);
}
