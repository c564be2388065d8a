using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Hub;

namespace SiOutcomeLab.Cli.Tests.Samples;

/// <summary>A real hub on loopback for the commands to talk to.</summary>
public sealed class HubFixture : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("silab-cli-tests-");
    private RunningHub? _hub;

    public string Address => _hub!.GrpcAddress.GetLeftPart(UriPartial.Authority);

    /// <summary>A token of the teaching municipality that the NSW data belong to.</summary>
    public string Token { get; private set; } = string.Empty;

    /// <summary>A token that may read and not send.</summary>
    public string ReaderToken { get; private set; } = string.Empty;

    public static string Datasets => Path.Combine(AppContext.BaseDirectory, "datasets");

    public async ValueTask InitializeAsync()
    {
        _hub = await HubApplication.StartAsync(
            new HubOptions { DataFolder = Path.Combine(_folder.FullName, "data"), DueInterval = TimeSpan.FromSeconds(0.2) }, TimeProvider.System, logging: null, TestContext.Current.CancellationToken);
        Token = await GrantAsync(Role.Submitter, Role.Analyst);
        ReaderToken = await GrantAsync(Role.Analyst);
    }

    public async ValueTask DisposeAsync()
    {
        if (_hub is not null) await _hub.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private Task<string> GrantAsync(params Role[] roles) =>
        _hub!.GrantAsync(
            new Caller(new OrganisationId("9901"), "test", roles.ToHashSet()),
            TimeSpan.FromHours(1),
            TestContext.Current.CancellationToken);
}
