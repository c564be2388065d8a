using Grpc.Core;
using SiOutcomeLab.Domain.Identity;

namespace SiOutcomeLab.Hub.Tests;

/// <summary>One hub with the NSW data evaluated, shared by the tests of a class that only read.</summary>
public sealed class NswHub : IAsyncLifetime
{
    internal TestHub Hub { get; private set; } = null!;

    internal Metadata Owner { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Hub = await TestHub.StartAsync();
        Owner = await Hub.HeadersAsync(TestHub.NswOrganisation, Role.Submitter, Role.Analyst);
        await Hub.LoadNswAsync(Owner);
        await Hub.WaitForEffectsAsync("nsw-entropy-balancing", Owner);
        await Hub.WaitForEffectsAsync("nsw-nearest-neighbour", Owner);
    }

    public ValueTask DisposeAsync() => Hub.DisposeAsync();
}
