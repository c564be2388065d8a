using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Storage.Catalogue;

namespace SiOutcomeLab.Pipelines.Tests.Samples;

/// <summary>Projects whose person key comes when it is let through: a check, which begins by asking for it, stands still until then.</summary>
internal sealed class GatedProjects(IProjectCatalogue projects) : IProjectCatalogue
{
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task UntilAskedAsync() => _asked.Task.WaitAsync(TimeSpan.FromSeconds(60), TestLab.Token);

    public void Open() => _open.TrySetResult();

    public async Task<ReadOnlyMemory<byte>> PersonKeyAsync(ProjectId project, ReadOnlyMemory<byte> candidate, CancellationToken cancellationToken)
    {
        _asked.TrySetResult();
        await _open.Task.WaitAsync(cancellationToken);
        return await projects.PersonKeyAsync(project, candidate, cancellationToken);
    }

    public Task<ProjectRecord?> FindAsync(ProjectId project, CancellationToken cancellationToken) => projects.FindAsync(project, cancellationToken);

    public Task<IReadOnlyList<ProjectRecord>> ListAsync(CancellationToken cancellationToken) => projects.ListAsync(cancellationToken);

    public Task<bool> RewrapAsync(
        ProjectId project, ReadOnlyMemory<byte> standing, ReadOnlyMemory<byte> renewed, CancellationToken cancellationToken) =>
        projects.RewrapAsync(project, standing, renewed, cancellationToken);
}
