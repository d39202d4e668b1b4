"""An AWS that nobody here wrote: moto's STS, EKS and Secrets Manager, with what the bed needs in them from the start.

Run as `python aws.py <settings as JSON in a file>`. moto runs in this process, since three things cannot be asked of it
from outside:
- It makes up a cluster's endpoint and authority, and its API cannot set them.
- It reads who calls from the Authorization header alone. A token of EKS is a presigned URL, which carries the same in its
  query: it is checked here with AWS' own signer (botocore), and then given to moto in the header.
- It answers ECR, but computes other digests than the manifests have and has no registry behind it. So ECR is our own
  sandbox's, which has to know the access keys that this STS gives out: /bed/sessions/<access key id>.
moto checks neither the web identity's token and the role's trust, nor signatures in headers, nor rights, nor when a
session ends: what rests on those is tested on the sandbox.
"""

import json
import os
import sys
from hmac import compare_digest
from typing import Any
from urllib.parse import parse_qs, urlencode

settings: dict[str, Any] = json.load(open(sys.argv[1], encoding="utf-8"))
os.environ["MOTO_ACCOUNT_ID"] = settings["account"]

from botocore.auth import SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from moto.eks.models import eks_backends
from moto.iam.models import iam_backends
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, MotoRequestHandler, create_backend_app
from moto.secretsmanager.models import secretsmanager_backends
from moto.sts.models import AssumedRole, sts_backends
from werkzeug.serving import run_simple
from werkzeug.wrappers import Request, Response

account: str = settings["account"]


def main() -> None:
    for role in settings["roles"]:
        make_role(role)
    for cluster in settings["clusters"]:
        make_cluster(**cluster)
    for secret in settings["secrets"]:
        make_secret(**secret)
    moto = DomainDispatcherApplication(create_backend_app)

    def application(environ: dict[str, Any], start_response: Any) -> Any:
        refused = answer_to(Request(environ), environ)
        return (refused or moto)(environ, start_response)

    run_simple("127.0.0.1", settings["port"], application, threaded=True, request_handler=MotoRequestHandler)


def answer_to(request: Request, environ: dict[str, Any]) -> Response | None:
    """The answer to what is not for moto, else none."""
    if request.path.startswith("/bed/sessions/"):
        return session_answer(request.path.rsplit("/", 1)[1])
    if "X-Amz-Signature" in request.args:
        return refuse_or_pass_on(request, environ)
    return None


def session_answer(access_key_id: str) -> Response:
    session = session_of(access_key_id)
    if session is None:
        return Response("{}", 404, content_type="application/json")
    told = {
        "accessKeyId": session.access_key_id,
        "secretAccessKey": session.secret_access_key,
        "sessionToken": session.session_token,
        "expiresAtMs": int(session.expiration.timestamp() * 1000),
        "arn": session.arn,
        "userId": session.user_id,
    }
    return Response(json.dumps(told), content_type="application/json")


def refuse_or_pass_on(request: Request, environ: dict[str, Any]) -> Response | None:
    query = {name: values[0] for name, values in parse_qs(request.query_string.decode(), keep_blank_values=True).items()}
    credential = query["X-Amz-Credential"]
    access_key_id, _day, region, service, _end = credential.split("/")
    session = session_of(access_key_id)
    if session is None or query.get("X-Amz-Security-Token") != session.session_token:
        return refusal("InvalidClientTokenId", "The security token included in the request is invalid.")
    signature = query.pop("X-Amz-Signature")
    signed_headers = query["X-Amz-SignedHeaders"].split(";")
    signer = SigV4QueryAuth(Credentials(access_key_id, session.secret_access_key), service, region)
    signed = AWSRequest("GET", f"http://{request.host}{request.path}?{urlencode(query)}", {name: request.headers.get(name, "") for name in signed_headers})
    signed.context["timestamp"] = query["X-Amz-Date"]
    if not compare_digest(signer.signature(signer.string_to_sign(signed, signer.canonical_request(signed)), signed), signature):
        return refusal("SignatureDoesNotMatch", "The request signature we calculated does not match the signature you provided.")
    environ["HTTP_AUTHORIZATION"] = f"{query['X-Amz-Algorithm']} Credential={credential}, SignedHeaders={query['X-Amz-SignedHeaders']}, Signature={signature}"
    return None


def refusal(code: str, message: str) -> Response:
    xml = f'<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error></ErrorResponse>'
    return Response(xml, 403, content_type="text/xml")


def session_of(access_key_id: str) -> AssumedRole | None:
    return sts_backends[account]["aws"].get_assumed_role_from_access_key(access_key_id)


def make_role(name: str) -> None:
    """Without it a session's user id would be another one each time that it is asked for."""
    iam_backends[account]["aws"].create_role(
        role_name=name, assume_role_policy_document="{}", path="/", permissions_boundary=None, description="", tags=[], max_session_duration="3600"
    )


def make_cluster(name: str, region: str, endpoint: str, ca: str) -> None:
    cluster = eks_backends[account][region].create_cluster(
        name=name, role_arn=f"arn:aws:iam::{account}:role/eks", resources_vpc_config={"subnetIds": [], "securityGroupIds": []}, version="1.35"
    )
    cluster.endpoint = endpoint
    cluster.certificate_authority = {"data": ca}


def make_secret(name: str, region: str, value: str) -> None:
    secretsmanager_backends[account][region].create_secret(
        name=name, secret_string=value, secret_binary=None, description="", tags=[], kms_key_id=None, client_request_token=None, replica_regions=[], force_overwrite=False
    )


main()
