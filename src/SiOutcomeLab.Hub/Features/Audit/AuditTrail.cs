using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Hub.Identity;
using SiOutcomeLab.Storage.Catalogue;

namespace SiOutcomeLab.Hub.Features.Audit;

/// <summary>
/// Puts calls into the audit log: each call of a caller who is known, and refusals of nobody as counts per call and minute, so that noise
/// from outside fills no disk.
/// </summary>
internal sealed partial class AuditTrail(IAuditLog log, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan CountingInterval = TimeSpan.FromMinutes(1);
    private static readonly Dictionary<StatusCode, string> Outcomes = Enum.GetValues<StatusCode>()
        .ToDictionary(c => c, c => c == StatusCode.OK ? "OK" : WordStart().Replace(c.ToString(), "_$0").ToUpperInvariant());

    // Bounded by the table of calls times the ways of being refused.
    private readonly ConcurrentDictionary<(string Call, StatusCode Outcome), long> _refusals = new();

    public static string OutcomeOf(StatusCode code) => Outcomes.GetValueOrDefault(code, "UNKNOWN");

    /// <summary>How a request ended that no handler answered.</summary>
    public static string OutcomeOf(HttpContext http) =>
        int.TryParse(http.Response.Headers["grpc-status"], out var status) ? OutcomeOf((StatusCode)status)
        : http.RequestAborted.IsCancellationRequested ? OutcomeOf(StatusCode.Cancelled)
        : $"HTTP_{http.Response.StatusCode}";

    /// <summary>Records a call that was let in; what nobody in particular has read is not recorded.</summary>
    public async Task RecordAsync(Admission admission, string outcome, bool isDurable)
    {
        if (admission.IsRecorded) return;
        admission.IsRecorded = true;
        if (admission.Caller.Authentication == AuthenticationKind.None) return;
        var entry = Entry(admission.Caller, admission.Rule.Method, admission.Resource ?? string.Empty, outcome);

        // Not the call's own token: that the client has gone away does not undo what it did.
        if (isDurable) await log.AppendAsync(entry, CancellationToken.None);
        else await log.EnqueueAsync(entry, CancellationToken.None);
    }

    /// <summary>Records a call that was not let in.</summary>
    public async Task RefusedAsync(Caller caller, string method, StatusCode code)
    {
        if (caller.Authentication == AuthenticationKind.None) _refusals.AddOrUpdate((method, code), 1, (_, count) => count + 1);
        else await log.EnqueueAsync(Entry(caller, method, string.Empty, OutcomeOf(code)), CancellationToken.None);
    }

    /// <summary>Makes everything durable that has been recorded or counted so far.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        foreach (var (call, outcome) in _refusals.Keys)
        {
            if (!_refusals.TryRemove((call, outcome), out var count)) continue;
            var nobody = Caller.Nobody;
            await log.EnqueueAsync(
                new AuditEntry(time.GetUtcNow(), nobody.Organisation, nobody.Subject, nobody.Authentication, call, string.Empty, OutcomeOf(outcome), count),
                cancellationToken);
        }

        await log.FlushAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(CountingInterval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    await FlushAsync(stoppingToken);
                }
                catch (CatalogueUnavailableException)
                {
                    // The entries wait in the log, which tries again by itself.
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await FlushAsync(CancellationToken.None);
        }
    }

    private AuditEntry Entry(Caller caller, string method, string resource, string outcome) =>
        new(time.GetUtcNow(), caller.Organisation, caller.Subject, caller.Authentication, method, resource, outcome);

    [GeneratedRegex("(?<!^)[A-Z]", RegexOptions.CultureInvariant)]
    private static partial Regex WordStart();
}
