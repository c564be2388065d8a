using Grpc.Core;

namespace SiOutcomeLab.Rpc.Tests.Interop;

public static partial class TestService
{
    public partial class TestServiceClient
    {
        internal CallInvoker Invoker => CallInvoker;
    }
}
