"""Addresses of collaborations."""

from django.urls import path

from wanowa.collaborations import views

app_name = "collaborations"
urlpatterns = [
    path("", views.directory, name="directory"),
    path("new/", views.start, name="start"),
    path("<str:slug>/", views.collaboration, name="collaboration"),
    path("<str:slug>/log/", views.log, name="log"),
    path("<str:slug>/log/take-home/", views.take_home, name="take_home"),
    path("<str:slug>/log/bundle.zip", views.bundle, name="bundle"),
    path("<str:slug>/log/whole-bundle.zip", views.whole_bundle, name="whole_bundle"),
    path("<str:slug>/log/<int:number>/", views.entry, name="entry"),
    path("<str:slug>/log/<int:number>/<slug:remedy>/", views.propose_measure, name="propose_measure"),
    path("<str:slug>/terms/", views.terms, name="terms"),
    path("<str:slug>/terms/<slug:clause>/", views.clause, name="clause"),
    path("<str:slug>/offer/", views.offer, name="offer"),
    path("<str:slug>/consent/", views.consent, name="consent"),
    path("<str:slug>/send-back/", views.send_back, name="send_back"),
    path("<str:slug>/retract/", views.retract, name="retract"),
    path("<str:slug>/versions/<int:number>/", views.version, name="version"),
    path("<str:slug>/change/", views.change, name="change"),
    path("<str:slug>/change/drop/", views.drop_change, name="drop_change"),
    path("<str:slug>/seat/", views.seat, name="seat"),
    path("<str:slug>/invite/", views.invite, name="invite"),
    path("<str:slug>/join/", views.join, name="join"),
    path("<str:slug>/join/<int:pk>/", views.answer_request, name="answer_request"),
    path("<str:slug>/room/", views.room, name="room"),
    path("<str:slug>/room/files/<int:pk>/", views.attachment, name="attachment"),
    path("<str:slug>/understood/", views.understood, name="understood"),
    path("<str:slug>/understood/<slug:about>/", views.restate, name="restate"),
]
