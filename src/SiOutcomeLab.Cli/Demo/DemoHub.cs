using SiOutcomeLab.Cli.Calls;
using SiOutcomeLab.Cli.Pushing;
using SiOutcomeLab.Cli.Reading;
using SiOutcomeLab.Cli.Terminals;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Hub;
using SiOutcomeLab.Mapping;
using SiOutcomeLab.Protos.Plans.V1;

namespace SiOutcomeLab.Cli.Demo;

/// <summary>
/// The demo's hub and the ways into it. Everything but starting it and granting roles goes through the hub's gRPC door over mutual TLS, as it
/// would from a municipality.
/// </summary>
internal sealed class DemoHub : IAsyncDisposable
{
    private static readonly TimeSpan DueInterval = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan TokenLifetime = TimeSpan.FromDays(1);
    private readonly RunningHub _hub;
    private readonly DemoTrust _trust;
    private readonly Dictionary<string, HubConnection> _senders = new(StringComparer.Ordinal);

    private DemoHub(RunningHub hub, DemoTrust trust, HubConnection steward)
    {
        _hub = hub;
        _trust = trust;
        Steward = steward;
    }

    public string GrpcAddress => _hub.GrpcAddress.GetLeftPart(UriPartial.Authority);

    public string JsonAddress => _hub.JsonAddress.GetLeftPart(UriPartial.Authority);

    /// <summary>Sees all runs and all releases, and may send nothing.</summary>
    public HubConnection Steward { get; }

    /// <summary>The authority behind the hub's certificate, PEM, for whoever calls it from outside the demo.</summary>
    public string AuthorityPath => _trust.AuthorityPath;

    public static async Task<DemoHub> StartAsync(string dataFolder, TimeProvider time, CancellationToken cancellationToken)
    {
        var trust = DemoTrust.Create(time);
        RunningHub? hub = null;
        try
        {
            hub = await HubApplication.StartAsync(
                new HubOptions { DataFolder = dataFolder, DueInterval = DueInterval, Tls = trust.Options }, time, HubLog.Configure, cancellationToken);
            var steward = new Caller(OrganisationId.Lab, "demo-steward", new HashSet<Role> { Role.Steward });
            await hub.GrantRolesAsync(steward, cancellationToken);
            return new DemoHub(hub, trust, trust.Connect(hub, steward.Organisation, steward.Subject));
        }
        catch
        {
            if (hub is not null) await hub.DisposeAsync();
            trust.Dispose();
            throw;
        }
    }

    public Task<string> GrantAnalystAsync(OrganisationId organisation, CancellationToken cancellationToken) =>
        _hub.GrantAsync(new Caller(organisation, "demo-analyst", new HashSet<Role> { Role.Analyst }), TokenLifetime, cancellationToken);

    /// <summary>The hub's pages as the token's holder sees them, for a browser on this computer.</summary>
    public Task<DemoPages> OpenPagesAsync(string token, CancellationToken cancellationToken) =>
        DemoPages.StartAsync(JsonAddress, _trust.OfAuthority, token, cancellationToken);

    public async Task RegisterInterventionsAsync(DemoDataset dataset, CancellationToken cancellationToken)
    {
        foreach (var intervention in await PlanFiles.ReadInterventionsAsync(dataset.Interventions, cancellationToken))
        {
            var sender = await SenderAsync(intervention.Organisation, cancellationToken);
            await sender.Plans.RegisterInterventionAsync(
                new RegisterInterventionRequest { Intervention = InterventionMapping.ToWire(intervention) }, sender.Options(cancellationToken));
        }
    }

    /// <returns>The plans of the data set, in order.</returns>
    public async Task<IReadOnlyList<SiOutcomeLab.Domain.Plans.EvaluationPlan>> RegisterPlansAsync(
        DemoDataset dataset, CancellationToken cancellationToken)
    {
        var plans = await PlanFiles.ReadPlansAsync(dataset.Plans, cancellationToken);
        foreach (var plan in plans)
        {
            var sender = await SenderAsync(plan.Organisation, cancellationToken);
            await sender.Plans.RegisterPlanAsync(new RegisterPlanRequest { Plan = PlanMapping.ToWire(plan) }, sender.Options(cancellationToken));
        }

        return plans;
    }

    public async Task<PushOutcome> PushAsync(
        DemoDataset dataset, OrganisationId organisation, TimeProvider time, CancellationToken cancellationToken)
    {
        var sender = await SenderAsync(organisation, cancellationToken);
        return await new SubmissionUpload(sender, dataset.Files, new PushSettings(), new NoProgress(), time).RunAsync(cancellationToken);
    }

    /// <summary>Ends when the hub has been told to stop.</summary>
    public Task WaitForShutdownAsync(CancellationToken cancellationToken) => _hub.WaitForShutdownAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        foreach (var sender in _senders.Values) sender.Dispose();
        Steward.Dispose();
        await _hub.DisposeAsync();
        _trust.Dispose();
    }

    private async Task<HubConnection> SenderAsync(OrganisationId organisation, CancellationToken cancellationToken)
    {
        if (_senders.TryGetValue(organisation.Code, out var known)) return known;
        var system = new Caller(organisation, "demo-system", new HashSet<Role> { Role.Submitter, Role.Analyst });
        await _hub.GrantRolesAsync(system, cancellationToken);
        return _senders[organisation.Code] = _trust.Connect(_hub, organisation, system.Subject);
    }
}
