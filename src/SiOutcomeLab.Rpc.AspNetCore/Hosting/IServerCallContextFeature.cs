using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace Grpc.AspNetCore.Server
{
    /// <summary>The gRPC call of the current HTTP request.</summary>
    public interface IServerCallContextFeature
    {
        /// <summary>The call.</summary>
        ServerCallContext ServerCallContext { get; }
    }
}

namespace Grpc.Core
{
    /// <summary>From a call to its HTTP request.</summary>
    public static class ServerCallContextExtensions
    {
        private const string HttpContextKey = "__HttpContext";

        /// <summary>The HTTP request of a call.</summary>
        /// <param name="serverCallContext">The call. A test double puts its request in <c>UserState["__HttpContext"]</c>.</param>
        /// <exception cref="InvalidOperationException">The call did not come over HTTP.</exception>
        public static HttpContext GetHttpContext(this ServerCallContext serverCallContext)
        {
            ArgumentNullException.ThrowIfNull(serverCallContext);
            if (serverCallContext is SiOutcomeLab.Rpc.AspNetCore.IHttpCall call) return call.HttpContext;
            return serverCallContext.UserState.TryGetValue(HttpContextKey, out var http) && http is HttpContext httpContext
                ? httpContext
                : throw new InvalidOperationException("This call has no HTTP request.");
        }
    }
}
