"""The floor: a Flask route that inserts one row and commits. No web application on this database can be quicker."""

from flask import Flask, Response, request
from sqlalchemy import Column, Integer, MetaData, Table, Text, insert

from engine.storage.unit_of_work import Database, open_engine

metadata = MetaData()
rows = Table("floor", metadata, Column("id", Integer, primary_key=True), Column("body", Text, nullable=False))


def create_app(url: str) -> Flask:
    """The smallest web application that stores something."""
    app = Flask(__name__)
    database = Database(open_engine(url))

    @app.post("/rows")
    def post_row() -> Response:
        with database.write() as connection:
            connection.execute(insert(rows).values(body=request.get_data(as_text=True)))
        return Response(status=204)

    return app
