using System.CommandLine;
using SiOutcomeLab.Cli.Calls;
using SiOutcomeLab.Cli.Failures;
using SiOutcomeLab.Cli.Terminals;

namespace SiOutcomeLab.Cli.Commands;

/// <summary>What every command has in common: where it writes, its options, and how its failures become exit codes.</summary>
internal sealed class CommandHost(Terminal terminal, TimeProvider time)
{
    public Terminal Terminal { get; } = terminal;

    public TimeProvider Time { get; } = time;

    public string T(string sv, string en) => Terminal.Pick(sv, en);

    /// <summary>Gives a command its work. A failure is printed to the error stream and becomes the exit code.</summary>
    public Command WithAction(Command command, Func<ParseResult, CancellationToken, Task<ExitCode>> work)
    {
        command.SetAction(async (ParseResult parse, CancellationToken cancellationToken) =>
        {
            try
            {
                return (int)await work(parse, cancellationToken);
            }
#pragma warning disable CA1031 // The outermost frame: whatever goes wrong becomes a text and an exit code.
            catch (Exception e)
#pragma warning restore CA1031
            {
                var failure = FailureTable.Of(e);
                FailureText.Write(Terminal.Error, failure, Terminal.Language);
                return (int)failure.Code;
            }
        });
        return command;
    }

    public HubOption AddHubOptions(Command command)
    {
        var option = new HubOption(
            new Option<string>("--hub")
            {
                Description = T("Hubbens gRPC-adress (eller SILAB_HUB).", "The hub's gRPC address (or SILAB_HUB)."),
                HelpName = "URL",
                DefaultValueFactory = _ => Environment.GetEnvironmentVariable("SILAB_HUB") ?? "http://127.0.0.1:5001",
            },
            new Option<string?>("--token")
            {
                Description = T("Åtkomsttoken (eller SILAB_TOKEN).", "Access token (or SILAB_TOKEN)."),
                HelpName = "TOKEN",
            },
            PemFile("--cert", "SILAB_CERT", "Organisationens klientcertifikat, PEM", "The organisation's client certificate, PEM"),
            PemFile("--cert-key", "SILAB_CERT_KEY", "Certifikatets nyckel, PEM, om den inte är i samma fil", "The certificate's key, PEM, if not in the same file"),
            PemFile("--ca", "SILAB_CA", "De enda utfärdare som får gå i god för hubben, PEM", "The only authorities that may stand for the hub, PEM"));
        foreach (Option each in new Option[] { option.Address, option.Token, option.Certificate, option.CertificateKey, option.Authorities }) command.Add(each);
        return option;
    }

    private Option<string?> PemFile(string name, string variable, string sv, string en) => new(name)
    {
        Description = T($"{sv} (eller {variable}).", $"{en} (or {variable})."),
        HelpName = "FILE",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } path ? path : null,
    };

    public Option<bool> AddJsonOption(Command command)
    {
        var option = new Option<bool>("--json") { Description = T("Skriv JSON för program.", "Write JSON for programs.") };
        command.Add(option);
        return option;
    }
}

/// <summary>The options that say which hub, and as whom.</summary>
internal sealed record HubOption(
    Option<string> Address, Option<string?> Token, Option<string?> Certificate, Option<string?> CertificateKey, Option<string?> Authorities)
{
    public HubConnection Connect(ParseResult parse)
    {
        var (certificate, key, authorities) = (parse.GetValue(Certificate), parse.GetValue(CertificateKey), parse.GetValue(Authorities));
        var tls = (certificate ?? key ?? authorities) is null ? null : HubTls.Read(certificate, key, authorities);
        // A default of the option would stand in its help, on screens and in mails.
        return HubConnection.To(parse.GetValue(Address)!, parse.GetValue(Token) ?? Environment.GetEnvironmentVariable("SILAB_TOKEN"), tls);
    }
}
