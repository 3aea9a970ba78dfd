"""The pages for people: small Flask applications under the root, beside the carriers' APIs."""
